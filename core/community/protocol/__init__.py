"""What passes between adapters and a community: commands in, outcomes out, and who may."""
