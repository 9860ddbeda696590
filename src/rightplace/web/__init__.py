"""The service people sign in to: one folder for each subject.

``policy`` who may do what; ``design`` how pages look; ``accounts`` people and signing in; ``cases`` the record of each child or young
person; ``today`` work lists; ``family`` what families see; ``audit`` the log of access; ``about`` first page, health and errors;
``load`` SEN2 returns in and out. A new page: docs/how-to/add-a-page.md.
"""
