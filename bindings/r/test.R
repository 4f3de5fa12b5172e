# Rscript test.R FOLDER PLUMB: compares R's numbers with those of the command, bit by bit.
args <- commandArgs(trailingOnly = TRUE)
folder <- args[1]
plumb <- strsplit(args[2], " ")[[1]]
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "plumb.R"))
plumb_load(folder)

passed <- 0
failed <- 0
check <- function(name, work) {
  told <- tryCatch(if (isTRUE(work)) "" else "it does not hold", error = conditionMessage)
  if (told == "") { passed <<- passed + 1; cat("ok:", name, "\n") }
  else { failed <<- failed + 1; cat("FAILED:", name, "-", told, "\n") }
}

csv <- file.path(tempdir(), "cars.csv")
numbers <- mtcars
numbers[] <- lapply(numbers, as.double)
write.csv(numbers, csv, row.names = FALSE)
command <- function(...) paste(system2(plumb[1], c(plumb[-1], ...), stdout = TRUE), collapse = "\n")
# The numbers of an array of the command's JSON, in their order.
array <- function(json, name) {
  text <- sub(sprintf('(?s).*?"%s": (\\[.*)', name), "\\1", json, perl = TRUE)
  depth <- cumsum((utf8ToInt(text) == 91L) - (utf8ToInt(text) == 93L))
  text <- substr(text, 1, which(depth == 0)[1])
  as.numeric(strsplit(gsub("null", "NA", gsub("[][[:space:]]", "", text)), ",")[[1]])
}

fit <- plumb_fit(mpg ~ wt + hp, data = mtcars)
json <- command("fit", csv, "--target", "mpg", "--input", "wt,hp", "--numbers", "double", "--json")
table <- summary(fit)$coefficients
check("weights are the command's", identical(unname(coef(fit)[1:2]), array(json, "weights")))
check("bias is the command's", identical(unname(coef(fit)[3]), array(json, "bias")))
errors <- sub('(?s).*"standardErrors": ', "", json, perl = TRUE)
check("errors are the command's", identical(table$std_error, c(array(errors, "weights"), array(errors, "bias"))))
confidence <- sub('(?s).*"confidence": ', "", json, perl = TRUE)
check("intervals are the command's", identical(as.vector(t(as.matrix(table[1:2, c("low", "high")]))),
                                               array(confidence, "weights")))
check("intervals are named", identical(rownames(confint(fit)), c("wt", "hp", "(bias)")))
check("coefficients are lm's to nine digits",
      isTRUE(all.equal(unname(coef(fit)), unname(coef(lm(mpg ~ wt + hp, mtcars))[c(2, 3, 1)]), tolerance = 1e-9)))
told <- command("fit", csv, "--target", "mpg", "--input", "wt,hp", "--numbers", "double")
lines <- function(text) setdiff(grep("^  (wt|hp|\\(bias\\)) ", strsplit(text, "\n")[[1]], value = TRUE), "")
check("the table is the command's", identical(lines(summary(fit, width = 100)$text), lines(told)))
check("the verdict is printed", any(grepl(substr(plumb_verdict(fit), 1, 40), capture.output(print(fit)), fixed = TRUE)))
check("html is a page", grepl("^<!doctype html>", plumb_report(fit, "html")))
both <- plumb_fit(cbind(mpg, qsec) ~ wt + hp + factor(cyl), data = mtcars)
check("several targets and categories", identical(dim(coef(both)), c(5L, 2L)))
same <- plumb_fit(mpg ~ wt + I(2 * wt), data = mtcars)
check("what is undetermined is NA", all(is.na(coef(same)[1:2])) && !is.na(coef(same)[3]))
check("no bias", identical(names(coef(plumb_fit(mpg ~ 0 + wt, data = mtcars))), "wt"))
check("an explanation says what it is about",
      grepl("not the best fit", plumb_explain(fit, c(-4, -0.03), 37)$text, fixed = TRUE))
message_of <- function(work) tryCatch({ work; "" }, error = conditionMessage)
infinite <- numbers; infinite$wt[3] <- Inf
check("a number that is not finite is refused", grepl("row 3: column 'wt'", message_of(plumb_fit(mpg ~ wt, infinite))))
check("a setting that cannot be is refused", grepl("ridge", message_of(plumb_fit(mpg ~ wt, mtcars, ridge = -1))))
missing <- numbers; missing$wt[3] <- NA
check("missing values are refused", nzchar(message_of(plumb_fit(mpg ~ wt, missing))))
cat(sprintf("  succeeded: %d\n  failed: %d\n", passed, failed))
quit(status = if (failed > 0) 1 else 0)
