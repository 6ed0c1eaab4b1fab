"""服务事项目录 · One entry of the catalogue, or one of the ten conveniences."""
