# The entry point of a DLL that only forwards: bcryptprimitives.def says to where.
.globl DllMainCRTStartup
.text
DllMainCRTStartup:
	movl $1, %eax
	ret
