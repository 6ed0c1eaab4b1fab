"""交通执法授权 · One grant of traffic powers to an officer of a station."""
