"""The screen of a service: who is followed, how fast, with which outcome. It counts people; it names nobody."""

from frise_analysis.dashboards.service.screen import Service, open_service

__all__ = ["Service", "open_service"]
