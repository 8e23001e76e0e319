"""From a question in anyone's words to a reviewed entry, to a few, or to none."""
