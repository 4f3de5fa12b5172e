/* Plumb for R: columns of R's own vectors, read where they are. Loaded by plumb.R behind the library itself. */
#include <R.h>
#include <Rinternals.h>
#include <stdlib.h>
#include "plumb.h"

static void check(int code)
{
    if (code != PLUMB_DONE)
        Rf_error("%s", plumb_last_error());
}

static void release(SEXP pointer)
{
    plumb_release(R_ExternalPtrAddr(pointer));
    R_ClearExternalPtr(pointer);
}

static SEXP held(void *handle)
{
    SEXP pointer = PROTECT(R_MakeExternalPtr(handle, R_NilValue, R_NilValue));
    R_RegisterCFinalizerEx(pointer, release, TRUE);
    UNPROTECT(1);
    return pointer;
}

static SEXP text_of(char *text)
{
    SEXP string = PROTECT(Rf_ScalarString(Rf_mkCharCE(text, CE_UTF8)));
    plumb_free(text);
    UNPROTECT(1);
    return string;
}

static const char *word(SEXP string)
{
    return string == R_NilValue ? NULL : Rf_translateCharUTF8(STRING_ELT(string, 0));
}

static const char **words(SEXP strings)
{
    int i, count = Rf_length(strings);
    const char **all = (const char **)R_alloc(count + 1, sizeof *all);
    for (i = 0; i < count; i++)
        all[i] = Rf_translateCharUTF8(STRING_ELT(strings, i));
    return all;
}

/* x and y: matrices of doubles, a column after the other; looks: whether the rows are looked at again. */
SEXP plumb_r_fit(SEXP x, SEXP y, SEXP inputs, SEXP targets, SEXP settings, SEXP looks)
{
    int j, rows = Rf_nrows(x), nx = Rf_ncols(x), ny = Rf_ncols(y);
    const double **columns = (const double **)R_alloc(nx + ny, sizeof *columns);
    plumb_moments *moments = NULL;
    plumb_fitted *fit = NULL;
    SEXP sums, fitted;
    for (j = 0; j < nx; j++)
        columns[j] = REAL(x) + (R_xlen_t)j * rows;
    for (j = 0; j < ny; j++)
        columns[nx + j] = REAL(y) + (R_xlen_t)j * rows;
    check(plumb_moments_new(words(inputs), nx, words(targets), ny, &moments));
    sums = PROTECT(held(moments)); /* so that it goes, whatever happens next */
    check(plumb_moments_add(moments, rows, columns, NULL));
    check(plumb_fit(moments, word(settings), &fit));
    fitted = PROTECT(held(fit));
    if (Rf_asLogical(looks))
        check(plumb_fit_look(fit, rows, columns, NULL, "{\"pictures\": true}"));
    release(sums);
    UNPROTECT(2);
    return fitted;
}

static void *of(SEXP fit)
{
    void *handle = R_ExternalPtrAddr(fit);
    if (handle == NULL)
        Rf_error("this fit is of a session that has ended; fit again.");
    return handle;
}

SEXP plumb_r_report(SEXP fit, SEXP format, SEXP settings)
{
    char *text = NULL;
    check(plumb_fit_report(of(fit), word(format), word(settings), &text));
    return text_of(text);
}

SEXP plumb_r_verdict(SEXP fit)
{
    char *text = NULL;
    check(plumb_fit_verdict(of(fit), &text));
    return text_of(text);
}

SEXP plumb_r_explain(SEXP fit, SEXP model, SEXP truth, SEXP format, SEXP settings)
{
    char *text = NULL;
    check(plumb_explain(of(fit), word(model), word(truth), word(format), word(settings), &text));
    return text_of(text);
}

/* parameters x 5: estimate, standard error, low, high and p-value; of each target all parameters in turn. */
SEXP plumb_r_coefficients(SEXP fit, SEXP count)
{
    int i, j, rows = Rf_asInteger(count);
    double *table = (double *)R_alloc((size_t)rows * 5, sizeof *table);
    SEXP matrix = PROTECT(Rf_allocMatrix(REALSXP, rows, 5));
    check(plumb_fit_coefficients(of(fit), table, (int64_t)rows * 5));
    for (i = 0; i < rows; i++)
        for (j = 0; j < 5; j++)
            REAL(matrix)[i + (R_xlen_t)j * rows] = R_IsNaN(table[5 * i + j]) ? NA_REAL : table[5 * i + j];
    UNPROTECT(1);
    return matrix;
}
