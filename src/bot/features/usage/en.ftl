command-usage = What you have used
usage-id = Your id: { $id }
usage-when = A day ends at midnight ({ $zone }); minutes of the 30 days come back day by day.
