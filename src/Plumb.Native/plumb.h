/*
 * Plumb from C: exact moments of rows, fits of y = W x + b, what of them to trust, and why.
 *
 * Every function that can fail returns a code, 0 where it did what it should; then plumb_last_error() says in a
 * sentence what was found and what was expected. Nothing is thrown over this border, and nothing is written to a
 * console. A handle or text that is handed out is set only where the code is 0.
 *
 * Memory: handles are ended by plumb_release, texts and bytes by plumb_free. Texts are UTF-8 and end in 0.
 * Rows stay where they are: they are read in place and may change or go once a call has returned.
 *
 * Threads: moments belong to one thread at a time; give each thread its own and merge them, which is exact. A fit may
 * be used by several threads at once, but for plumb_fit_look. plumb_last_error is the calling thread's own. Calls use
 * all processors where work is large.
 *
 * Numbers are the same bits as those of the command 'plumb', in every order and any chunks of rows.
 */
#ifndef PLUMB_H
#define PLUMB_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct plumb_moments plumb_moments; /* sums of products of rows, without any rounding */
typedef struct plumb_fitted plumb_fitted;   /* a fit, and what its rows said of it */

enum {
    PLUMB_DONE = 0,
    PLUMB_BAD_ARGUMENT = 1, /* the caller is at fault: a NULL, a setting that cannot be */
    PLUMB_BAD_DATA = 2,     /* the data are: a number that is not finite, damaged bytes */
    PLUMB_NO_ANSWER = 3,    /* no double holds the answer, or nothing can be proved of it */
    PLUMB_NO_MEMORY = 4,
    PLUMB_FAILED = 5        /* a fault of Plumb */
};

const char *plumb_version(void);    /* such as "0.1.0"; never freed */
const char *plumb_last_error(void); /* of this thread; good until its next call that fails; never freed */
void plumb_release(void *handle);   /* moments or a fit; NULL is none */
void plumb_free(void *text);        /* a text or bytes that a function gave; NULL is none */

/* ---- Moments -------------------------------------------------------------------------------------------------- */

/* Of no rows yet; one input and one target at least. Names are those of reports. */
int plumb_moments_new(const char *const *inputs, int32_t input_count, const char *const *targets, int32_t target_count,
                      plumb_moments **moments);

/*
 * Adds rows, or takes them away again: either all of them, or none where one is refused. columns[j] is where column j
 * begins, inputs first, then targets; strides[j] the bytes from one of its rows to the next. strides may be NULL where
 * the doubles of each column follow one another.
 */
int plumb_moments_add(plumb_moments *moments, int64_t rows, const double *const *columns, const int64_t *strides);
int plumb_moments_remove(plumb_moments *moments, int64_t rows, const double *const *columns, const int64_t *strides);

int plumb_moments_merge(plumb_moments *moments, const plumb_moments *other); /* adds what the other has; it stays */
int plumb_moments_rows(const plumb_moments *moments, int64_t *rows);

/* The bytes of a moments file, as 'plumb moments -o' writes them, and back. */
int plumb_moments_save(const plumb_moments *moments, void **bytes, int64_t *length);
int plumb_moments_load(const void *bytes, int64_t length, plumb_moments **moments);

/* ---- Fits: settings are JSON objects, or NULL for none --------------------------------------------------------- */

/* Least squares. Settings: "bias" (true), "ridge" (0), "level" of intervals (0.95). The moments stay as they are. */
int plumb_fit(const plumb_moments *moments, const char *settings, plumb_fitted **fit);

/*
 * Looks at the same rows again, for outliers, curvature and uneven noise, so that reports rest on them too.
 * Settings: "ordered" (false): neighbouring rows are neighbours in time; "pictures" (false): HTML shows the rows.
 */
int plumb_fit_look(plumb_fitted *fit, int64_t rows, const double *const *columns, const int64_t *strides,
                   const char *settings);

/*
 * What 'plumb fit' says. Formats: "text", "markdown", "html" (one file), "json" (schema plumb.fit/1).
 * Settings: "data": what the data are called; "width" of text (80); "evidence", "covariance", "statistics" (false);
 * "loss": one of sum, mse, mean, half-mean, to say how gradient descent would do.
 */
int plumb_fit_report(const plumb_fitted *fit, const char *format, const char *settings, char **text);

/* What of W and b to trust, in a sentence or two. */
int plumb_fit_verdict(const plumb_fitted *fit, char **text);

/*
 * Five numbers a parameter: estimate, standard error, low and high end of its interval, p-value; NaN where there is
 * none. Of each target the weights in the order of the inputs, then the bias where there is one. length must be
 * targets * parameters * 5.
 */
int plumb_fit_coefficients(const plumb_fitted *fit, double *table, int64_t length);

/*
 * Why W and b are not the best fit, or not the truth: what 'plumb explain' says. model and truth (or NULL) are model
 * files as JSON: { "inputs": [..], "targets": [..], "weights": [[..], ..], "bias": [..] }, names optional. Formats and
 * settings as above, and "map": what the model is called; "json" has the schema plumb.explain/1.
 */
int plumb_explain(const plumb_fitted *fit, const char *model, const char *truth, const char *format,
                  const char *settings, char **text);

/*
 * Gradient descent in full batches, on the moments. Settings: "learningRate" and "steps" (both needed), "momentum" (0),
 * "loss" (mse). start is a model, or NULL for W = 0, b = 0. Gives a model, as 'plumb train -o model.json' writes it.
 */
int plumb_train(const plumb_fitted *fit, const char *settings, const char *start, char **model);

#ifdef __cplusplus
}
#endif
#endif
