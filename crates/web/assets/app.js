// The pages of the workbench are not built into this program.
