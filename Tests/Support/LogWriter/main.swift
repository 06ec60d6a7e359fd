print("LogWriter")
