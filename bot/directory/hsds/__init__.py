"""Open standards: entries as HSDS 3 and Open Referral UK 3 records, and such records as drafts."""
