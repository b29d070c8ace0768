"""Service requests (服务受理): what residents report, answered in time, and not closed before it was looked after."""
