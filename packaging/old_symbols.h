/* Binds functions of libm to their first version: glibc 2.29 gave them a new one that differs only in how errors are
   reported (glibc 2.29, NEWS), and a program linked there would no longer start on 2.28. */
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
