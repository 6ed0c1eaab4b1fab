"""名册 · The registers of invited mediation bodies and mediators (特邀调解组织、特邀调解员): kept by the administrator, public but for telephones."""
