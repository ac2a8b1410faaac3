dnl Flags are probed one by one, each with -Werror: clang only warns about a flag that it does not know.

dnl GP_TRY_LINK(FLAGS, IF-YES, IF-NO): whether a program compiles and links with FLAGS.
AC_DEFUN([GP_TRY_LINK],
[gp_save_CFLAGS=$CFLAGS
CFLAGS="$CFLAGS -Werror $1"
AC_LINK_IFELSE([AC_LANG_PROGRAM()], [CFLAGS=$gp_save_CFLAGS
$2], [CFLAGS=$gp_save_CFLAGS
$3])])

dnl GP_PROBE_CFLAGS(VARIABLE, FLAG...): the flags that the compiler takes, substituted as VARIABLE.
AC_DEFUN([GP_PROBE_CFLAGS],
[$1=
AC_SUBST([$1])
gp_save_CFLAGS=$CFLAGS
for gp_flag in m4_foreach([gp_arg], m4_cdr($@), [gp_arg ]); do
  AC_MSG_CHECKING([whether $CC takes $gp_flag])
  CFLAGS="$gp_save_CFLAGS -Werror $gp_flag"
  AC_COMPILE_IFELSE([AC_LANG_SOURCE([[int gp_probe;]])],
    [$1="${$1:+$$1 }$gp_flag"; AC_MSG_RESULT([yes])], [AC_MSG_RESULT([no])])
done
CFLAGS=$gp_save_CFLAGS])

dnl GP_PROBE_LDFLAGS(VARIABLE, FLAG...): the same for the linker; objects are compiled with $HARDEN_CFLAGS.
AC_DEFUN([GP_PROBE_LDFLAGS],
[$1=
AC_SUBST([$1])
for gp_flag in m4_foreach([gp_arg], m4_cdr($@), [gp_arg ]); do
  AC_MSG_CHECKING([whether $CC links with $gp_flag])
  GP_TRY_LINK([$HARDEN_CFLAGS $gp_flag], [$1="${$1:+$$1 }$gp_flag"; AC_MSG_RESULT([yes])], [AC_MSG_RESULT([no])])
done])
