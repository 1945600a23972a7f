"""Promises held against contracts: hard cases and how they come out."""
