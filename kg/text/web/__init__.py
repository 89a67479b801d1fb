"""Addresses as input: pages, feeds and sitemaps, fetched with care and good manners.

Only an address that is given makes kg ask the network; everything else it does offline.
"""
