"""How the server is set: for a small machine, for durability, and silent about what is stored."""

from pathlib import Path

from service.db.embedded.cluster import PORT

_ALWAYS = {
    "cluster_name": "baton",
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "shared_buffers": "128MB",
    "max_connections": "100",
    # A failed statement comes back to its caller. In the log it would leave text of a source, so
    # ERROR is left out (LOG, FATAL and PANIC stay), and so are DETAIL and the statement.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
    # One file a weekday, emptied when its day comes round: the log stays bounded.
    "logging_collector": "on",
    "log_filename": "server-%a.log",
    "log_file_mode": "0600",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_timezone": "UTC",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def server_options(*, socket_dir: Path, log_dir: Path, durable: bool) -> list[str]:
    """As `-c name=value`; nothing is written into postgresql.conf, so nothing goes stale there."""
    chosen = _ALWAYS | ({} if durable else _NOT_DURABLE)
    chosen |= {"unix_socket_directories": str(socket_dir), "log_directory": str(log_dir)}
    return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]
