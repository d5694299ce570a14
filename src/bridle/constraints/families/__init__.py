"""The constraint types, one folder for each family that users see."""
