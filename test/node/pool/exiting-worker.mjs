process.exit(9) // a worker that is gone before its first task
