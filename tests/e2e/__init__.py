"""The real client libraries against fakes of both platforms over loopback."""
