"""`make package`: what is handed out, in dist/: wheel, sdist, a wheel of python-qpid-proton, .deb, SBOM, checksums."""
