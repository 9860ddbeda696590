"""Who may remove a record: nobody, as the two cases have not ended. test_web_records.py has one that has."""

ROUTES = {"record_propose": set(), "record_remove": set()}
