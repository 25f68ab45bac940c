command-usage = What you have used
usage-id = Your ID: { $id }
usage-when = A day ends at midnight ({ $zone }); 30-day minutes become free again day by day.
