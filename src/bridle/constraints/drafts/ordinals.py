"""Ordinal numbers in words: 1st, 2nd, third from the end."""

from __future__ import annotations


def nth(number: int) -> str:
    """1st, 2nd, 3rd, 4th, …"""
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def from_last(number: int) -> str:
    """last, second-to-last, 3rd-to-last, …"""
    return {1: "last", 2: "second-to-last"}.get(number, f"{nth(number)}-to-last")
