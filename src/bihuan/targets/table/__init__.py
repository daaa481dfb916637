"""任务分解表: the table of tasks on the desk and as a workbook, and the way of a goal from one version to the next."""
