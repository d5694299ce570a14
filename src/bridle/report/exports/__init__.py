"""The figures in the formats that other programs and papers take: one file a format."""
