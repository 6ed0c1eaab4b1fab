"""窗口办理 · A visit to the counter."""
