"""What builders share: neutral sentences by language and where they may be added."""
