import datetime, calendar, time, zoneinfo
d = datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc)
print(d.isoformat(), d.strftime("%A %d %B %Y"), d + datetime.timedelta(days=366), datetime.date.fromisoformat("2024-01-01").weekday())
print(calendar.month(2024, 2), calendar.isleap(1900), time.tzname, time.gmtime(0)[:6], datetime.datetime.strptime("2020-05-06", "%Y-%m-%d"))
print(d.astimezone(zoneinfo.ZoneInfo("Europe/Berlin")))
