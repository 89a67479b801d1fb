"""Figures about the actor network, one module for each kind; docs/analysis.md defines them."""
