"""Commands for those who work on Fossae, tried on small inputs."""
