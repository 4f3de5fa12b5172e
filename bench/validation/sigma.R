# What R says of fits with known errors, with 17 digits: means of ChickWeight (Crowder and Hand, Analysis of Repeated
# Measures, 1990) with their standard errors. Errors are by lm's cov.unscaled, as the dispersion is 1.
folder <- commandArgs(trailingOnly = TRUE)[1]
parts <- split(ChickWeight, ChickWeight$Time)
means <- data.frame(time = as.numeric(names(parts)), square = as.numeric(names(parts))^2,
  weight = sapply(parts, function(part) signif(mean(part$weight), 6)),
  error = sapply(parts, function(part) signif(sd(part$weight) / sqrt(nrow(part)), 4)))
write.csv(means, file.path(folder, "chicks.csv"), row.names = FALSE, quote = FALSE)
numbers <- function(values) paste(sprintf("%.17g", values), collapse = ", ")
cases <- c()
for (inputs in list("time", c("time", "square"))) {
  model <- lm(reformulate(inputs, "weight"), means, weights = 1 / error^2)
  errors <- sqrt(diag(summary(model)$cov.unscaled))
  chi <- deviance(model)
  last <- coef(model)[length(errors)] / errors[length(errors)]
  cases <- c(cases, sprintf(paste0("  {\"inputs\": [%s], \"estimates\": [%s], \"errors\": [%s], ",
    "\"p\": [%s],\n   \"chi\": %.17g, \"freedom\": %d, \"pOfChi\": %.17g, \"low\": [%s], \"wald\": %.17g}"),
    paste0("\"", inputs, "\"", collapse = ", "), numbers(coef(model)), numbers(errors),
    numbers(2 * pnorm(-abs(coef(model) / errors))), chi, df.residual(model),
    pchisq(chi, df.residual(model), lower.tail = FALSE), numbers(coef(model) - qnorm(0.975) * errors),
    pchisq(last^2, 1, lower.tail = FALSE)))
}
writeLines(c("[", paste(cases, collapse = ",\n"), "]"), file.path(folder, "sigma.json"))
