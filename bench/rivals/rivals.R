# Fits problems with R: rivals.R fit lm.fit|.lm.fit RESULTS PROBLEM..., or rivals.R versions. See rivals.py for the files.

resident <- function(field) {
  line <- grep(paste0("^", field, ":"), readLines("/proc/self/status"), value = TRUE)
  as.numeric(strsplit(line, "[[:space:]]+")[[1]][2]) * 1024
}

read_rows <- function(path, rows, columns) {
  matrix(readBin(path, "double", rows * columns, endian = "little"), rows, columns, byrow = TRUE)
}

run <- function(system, problem) {
  shape <- scan(file.path(problem, "shape.txt"), quiet = TRUE)
  x <- read_rows(file.path(problem, "x.bin"), shape[1], shape[2])
  if (shape[4] == 1) x <- cbind(1, x)
  y <- read_rows(file.path(problem, "y.bin"), shape[1], shape[3])
  solve <- if (system == "r-lm.fit") stats::lm.fit else stats::.lm.fit
  gc(full = TRUE)
  cat("5", file = "/proc/self/clear_refs") # forgets the highest memory so far
  before <- resident("VmRSS")
  seconds <- c()
  while (length(seconds) < 3 || (sum(seconds) < 3 && length(seconds) < 15)) {
    start <- as.numeric(Sys.time())
    fit <- solve(x, y)
    seconds <- c(seconds, as.numeric(Sys.time()) - start)
    if (seconds[1] > 20) break
  }
  memory <- resident("VmHWM") - before
  coefficients <- as.matrix(fit$coefficients)
  if (system == "r-.lm.fit") coefficients[fit$pivot, ] <- as.matrix(fit$coefficients)
  writeBin(as.vector(coefficients), file.path(problem, paste0(system, ".coefficients")), endian = "little")
  said <- if (fit$rank < ncol(x)) sprintf("rank %d of %d", fit$rank, ncol(x)) else character()
  if (anyNA(coefficients)) said <- c(said, "NA for what it dropped")
  list(seconds = seconds, memory = memory, said = said)
}

arguments <- commandArgs(trailingOnly = TRUE)
if (arguments[1] == "versions") {
  cat(R.version.string, "\n", sep = "")
  quit()
}
system <- arguments[2]
for (problem in arguments[-(1:3)]) {
  heard <- character()
  line <- tryCatch(
    withCallingHandlers({
      answer <- run(system, problem)
      c("ok", paste(format(answer$seconds, digits = 17, trim = TRUE), collapse = ","), format(answer$memory, scientific = FALSE), paste(c(answer$said, unique(heard)), collapse = "; "))
    }, warning = function(w) {
      heard <<- c(heard, paste("Warning:", conditionMessage(w)))
      invokeRestart("muffleWarning")
    }),
    error = function(e) c("failed", "", "", paste("Error:", conditionMessage(e))))
  cat(paste(gsub("[\t\n]", " ", c(basename(problem), system, line)), collapse = "\t"), "\n", sep = "", file = arguments[3], append = TRUE)
}
