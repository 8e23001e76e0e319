"""What is looked at before matching, so that nobody is told what they must not be."""
