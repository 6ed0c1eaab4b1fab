"""裁判文书 · A judgment, statement or ruling as a document."""
