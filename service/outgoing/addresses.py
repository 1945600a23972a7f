"""Which addresses the world outside has; every other one is somebody's inside.

Source: the special-purpose registries of IANA. `is_global` of the standard library is no guard: it
calls IPv4 inside IPv6 global, and multicast.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_INSIDE_4: Final = (
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
    "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 "
    "224.0.0.0/4 240.0.0.0/4"
)
_INSIDE_6: Final = (
    "::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 "
    "5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8"
)
INSIDE: Final[tuple[Network, ...]] = tuple(
    ip_network(one) for one in f"{_INSIDE_4} {_INSIDE_6}".split()
)


def is_outside(address: Address, *, allowed: Sequence[Network] = ()) -> bool:
    """Whether a connection may go there; `allowed` are networks that the operator opens."""
    plain = _plain(address)
    if any(plain in network for network in allowed if network.version == plain.version):
        return True
    return not any(plain in network for network in INSIDE if network.version == plain.version)


def _plain(address: Address) -> Address:
    """An IPv4 address in the clothes of IPv6 is what it is."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def parse(text: str) -> Address:
    """As a resolver writes it, with a zone or without; raises ValueError."""
    return ip_address(text.partition("%")[0])
