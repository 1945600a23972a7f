"""The main job shown once, over the real HTTP API."""
