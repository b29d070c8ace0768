"""What Guanjia is measured against: each as a good engineer would write it in an hour, none of it hobbled."""
