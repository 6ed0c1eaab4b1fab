"""协作办理 · One matter of cooperation, at the side that is asked."""
