"""One child's ranked settings, with the reasons for and against and the tests of law. It never decides."""
