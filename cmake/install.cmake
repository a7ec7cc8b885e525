# What `cmake --install` lays down: the program, the page it serves, scenes and radar settings.
include(GNUInstallDirs)
if(TARGET headland)
  install(TARGETS headland RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY ${HEADLAND_WEB_DIST}/ DESTINATION ${CMAKE_INSTALL_DATADIR}/headland/web OPTIONAL)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/headland/data OPTIONAL)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
