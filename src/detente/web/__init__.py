"""The site and the REST interface over a project: pages rendered here, the same answers as JSON and CSV."""
