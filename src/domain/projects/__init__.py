"""Property projects (物业项目): what is managed, by which company, and who is in office."""
