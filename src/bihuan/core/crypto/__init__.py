"""Hashes and signatures: the only place of the core that names an algorithm's library; which belong together, `suites`."""
