# R: jobs over the baseline by year, from the CSV files of a run.
#
#     yangjae run scenarios/toy --output output/toy
#     Rscript tests/examples/readr_ggplot2.R output/toy FOLDER
library(readr)
library(ggplot2)

folders <- commandArgs(trailingOnly = TRUE)
comparison <- read_csv(file.path(folders[1], "comparison.csv"), show_col_types = FALSE)
jobs <- subset(comparison, metric == "jobs" & place == "city")
print(jobs[c("policy", "year", "difference", "p05", "p95")])

picture <- ggplot(jobs, aes(year, difference, colour = policy, fill = policy)) +
  geom_ribbon(aes(ymin = p05, ymax = p95), alpha = 0.2, colour = NA) +
  geom_line() +
  labs(x = NULL, y = "jobs in the city over the baseline", caption = "band: middle 90 % of replications")
ggsave(file.path(folders[2], "jobs.png"), picture, width = 6, height = 4, dpi = 100)
stopifnot(nrow(jobs) > 0, is.numeric(jobs$difference), all(jobs$p05 <= jobs$p95, na.rm = TRUE))
