"""The web: everything that is answered over HTTP by the one server."""
