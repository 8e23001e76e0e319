"""What Fossae knows and decides; it knows no platform and no topic."""
