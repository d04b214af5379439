select payload from ({page}) u order by {order}
